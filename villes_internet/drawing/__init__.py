"""What the site shows outside itself: its icons, and the picture of a page that somebody shares."""
