"""What a company wrote (announcements, replies, policies), read into facts with their place in the text."""

from madoguchi.reading.announcement import Announcement, read_announcement
from madoguchi.reading.policy.read import Policy, read_policy
from madoguchi.reading.reply.read import Reply, read_reply

__all__ = ["Announcement", "Policy", "Reply", "read_announcement", "read_policy", "read_reply"]
