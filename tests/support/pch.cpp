// Anchor of the precompiled header that all tests share.
