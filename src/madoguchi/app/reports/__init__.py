"""Reports (漏えい等報告): prompt report, final report, supplement; prepared, approved, filed."""
