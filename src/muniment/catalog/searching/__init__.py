"""Search: what is asked, the engines that answer, and where in a passage the words stand."""
