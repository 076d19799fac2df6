"""What a leak can do to a person and what to do now: risks and steps by item, and the lines of a notice's item 9."""

from madoguchi.harm.notice import notice_advice
from madoguchi.harm.risk import Risk, risks
from madoguchi.harm.steps import Call, Step, advice

__all__ = ["Call", "Risk", "Step", "advice", "notice_advice", "risks"]
