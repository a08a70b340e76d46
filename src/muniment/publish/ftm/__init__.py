"""FollowTheMoney entities that leave for partners."""
