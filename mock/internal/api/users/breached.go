package users

import (
	"context"
	"crypto/sha1" //nolint:gosec // the operation asks for this hash
	"encoding/hex"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type checkPasswordIn struct {
	Body struct {
		Password string `json:"password"`
	}
}

type passwordCheck struct {
	Compromised bool `json:"compromised"`
}

// breached are passwords that head every list of leaked ones. The service knows hundreds of millions.
var breached = []string{
	"123456", "123456789", "12345678", "12345", "1234567", "1234567890", "111111", "123123", "000000", "654321",
	"password", "password1", "Password1", "passw0rd", "P@ssw0rd", "qwerty", "qwerty123", "qwertyuiop", "abc123",
	"iloveyou", "admin", "welcome", "letmein", "monkey", "dragon", "sunshine", "princess", "football", "secret",
}

// checkPassword takes the hexadecimal SHA-1 of a password, in either case, and says whether it is a leaked one.
func checkPassword(_ context.Context, _ *state.View, in checkPasswordIn) (*passwordCheck, error) {
	asked := strings.ToLower(in.Body.Password)
	if raw, err := hex.DecodeString(asked); err != nil || len(raw) != sha1.Size {
		return nil, model.BadMember("/password", "is not the SHA-1 of a password: 40 hexadecimal digits are wanted")
	}
	known := func(password string) bool {
		sum := sha1.Sum([]byte(password)) //nolint:gosec // compared with what the caller hashed, protects nothing
		return hex.EncodeToString(sum[:]) == asked
	}
	return &passwordCheck{Compromised: slices.ContainsFunc(breached, known)}, nil
}
