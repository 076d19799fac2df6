"""The announcement (公表): the company's public statement with its FAQ and call script, signed and put on the web site."""
