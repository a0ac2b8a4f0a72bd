package idp

import "github.com/tenantry/tenantry/mock/model"

// denied is a 401. RFC 6749, section 5.2 wants the header for a client that used the Authorization header; any other
// caller is told the same.
func denied(code, message string) error {
	return &model.Error{
		Kind: model.Unauthenticated, Reason: code, Message: message,
		Header: map[string]string{"WWW-Authenticate": `Basic realm="Account Management API"`},
	}
}

// absent says that a parameter of the form is missing.
func absent(name string) error {
	return model.Errorf(model.Invalid, "invalid_request", "the parameter %q is required", name)
}
