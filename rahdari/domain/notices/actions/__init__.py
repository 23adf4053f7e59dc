"""The writes of notices: drafting, approving, accepting, answering, recalling; and taking up what the partner says."""

from .answering import accept_notice, answer_notice
from .exam_fraud import draft_exam_notice
from .names import decide_name
from .private_answers import draft_answer_notice
from .telling import approve_notice, draft_notice, recall_notice

__all__ = [
    "accept_notice",
    "answer_notice",
    "approve_notice",
    "decide_name",
    "draft_answer_notice",
    "draft_exam_notice",
    "draft_notice",
    "recall_notice",
]
