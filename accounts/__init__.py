"""Who may sign in: accounts, roles, passwords, sign-in sessions, approvals by a second person."""
