"""What costs more than a chapter's minute: run once here, its log read by the chapter."""
