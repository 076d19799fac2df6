"""The company's incident (事案): facts with their history, evidence, who is affected, duties, reports."""
