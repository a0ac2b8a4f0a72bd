package model

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"regexp"
	"time"
)

// CodeLife is how long an authorization code can be exchanged. RFC 6749, 4.1.2 allows ten minutes at most and
// recommends less (wire facts, idp 2.3).
const CodeLife = time.Minute

// AuthCode is an authorization code, found by the hash of its value. A spent one stays for a while, so that a replay is
// seen and kills the tokens that it was spent for.
type AuthCode struct {
	Hash        string    `json:"id"`
	Client      ClientID  `json:"client"`
	User        UserID    `json:"user"`
	RedirectURI string    `json:"redirect"`
	Scope       string    `json:"scope,omitempty"`
	Nonce       string    `json:"nonce,omitempty"`
	Challenge   string    `json:"challenge,omitempty"` // of PKCE, always S256
	TOTPAt      time.Time `json:"totp,omitzero"`       // when the second factor of the login was checked
	Family      string    `json:"family,omitempty"`    // of the tokens that it was spent for; "" until then
	ExpiresAt   time.Time `json:"expires"`
}

// CheckVerifier refuses a code verifier that is not the one of the challenge. A verifier without a challenge is
// refused too: somebody may have taken the challenge away on its way (RFC 9700, 2.1.1).
func (c *AuthCode) CheckVerifier(verifier string) error {
	switch {
	case c.Challenge == "" && verifier == "":
		return nil
	case c.Challenge == "":
		return Errorf(Invalid, "invalid_grant", "code_verifier was sent for a code that was asked for without code_challenge")
	case verifier == "":
		return Errorf(Invalid, "invalid_grant", "the code was asked for with code_challenge, so code_verifier is required")
	}
	sum := sha256.Sum256([]byte(verifier))
	got := base64.RawURLEncoding.EncodeToString(sum[:])
	if subtle.ConstantTimeCompare([]byte(got), []byte(c.Challenge)) != 1 {
		return Errorf(Invalid, "invalid_grant", "code_verifier does not fit the code_challenge that the code was asked for with")
	}
	return nil
}

// challengeForm is that of a SHA-256 in URL-safe Base64 without padding.
var challengeForm = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)

// CheckChallenge refuses a PKCE challenge that is not S256. A public client has nothing else that binds a code to it, so
// it needs one (RFC 7636; RFC 9700, 2.1.1).
func CheckChallenge(c *Client, challenge, method string) error {
	switch {
	case challenge == "" && method != "":
		return Errorf(Invalid, "invalid_request", "code_challenge_method was sent without code_challenge")
	case challenge == "" && c.AuthMethod == AuthNone:
		return Errorf(Invalid, "invalid_request", "a public client has to send code_challenge")
	case challenge == "":
		return nil
	case method != "S256":
		return Errorf(Invalid, "invalid_request", "code_challenge_method has to be S256")
	case !challengeForm.MatchString(challenge):
		return Errorf(Invalid, "invalid_request", "code_challenge is not a SHA-256 in URL-safe Base64 without padding")
	}
	return nil
}
