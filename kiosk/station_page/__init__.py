"""The scrutineer's page: a local web page on the scrutineer's own laptop, in front of the station's rounds."""
