"""Pages of those who fill a candidature, and of the staff who follow them."""
