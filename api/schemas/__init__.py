"""What travels over HTTP (pydantic), strict and closed: an unknown field or a number written as text is refused."""
