"""Reading a contract register and a people file: from cells as they stand to values with remarks, no file and no store."""
