"""Pages of the palmarès, and of the staff who run the editions."""
