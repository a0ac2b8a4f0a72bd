package openapi

// The document is built, not typed: facts imported from the reference, plus the
// overlay written here. Run this after changing reference.json or overlay.yaml.

//go:generate go run ./build
