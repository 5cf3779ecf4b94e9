"""The work of those who keep the clauses: reading a whole clause, comparing two, trying one, writing a new one."""
