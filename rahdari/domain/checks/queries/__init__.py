"""What the checkers answer, and whether a paper is what it says."""

from .checkers import CHECKERS, MOST_AT_ONCE, answer_to, answers_to, book_in_force, error_of, plain

__all__ = ["CHECKERS", "MOST_AT_ONCE", "answer_to", "answers_to", "book_in_force", "error_of", "plain"]
