"""Word documents: ``write`` makes one from a resolved document, ``read`` says what a finished one holds."""
