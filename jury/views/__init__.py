"""Pages of the jury, of its chair, and of the staff who compose it."""
