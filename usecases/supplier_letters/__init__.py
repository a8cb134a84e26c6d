"""Letters to suppliers: drafted from the case, read, mended, and recorded as sent."""
