"""FollowTheMoney entities that leave for partners."""

from muniment.publish.ftm.dissemination import Handover, handover_draft
from muniment.publish.ftm.writing import FtmExported, FtmRequest, write_ftm

__all__ = ["FtmExported", "FtmRequest", "Handover", "handover_draft", "write_ftm"]
