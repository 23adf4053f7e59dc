"""What a form asks and how it is filled: pure."""

from .filling import Filled, Tally, data_of, fill, tally_of
from .forms import Asked, Form, form_of, forms_on

__all__ = ["Asked", "Filled", "Form", "Tally", "data_of", "fill", "form_of", "forms_on", "tally_of"]
