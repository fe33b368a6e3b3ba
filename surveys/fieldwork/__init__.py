"""Groups, channels, invitations, interviewers and typed paper."""
