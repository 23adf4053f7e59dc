"""Pages of the exchange: the desk (`desk`), statements as stories (`stories`), figures for programs (`figures`)."""
