"""The desk: what people ask the company, who they are shown to be, and what they are answered from the facts."""
