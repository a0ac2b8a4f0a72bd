package auth

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// refusedToken is the one answer to every token that does not count; why is for the journal alone.
func refusedToken(why string) error {
	e := &model.Error{}
	_ = errors.As(unauthorized("the access token is not valid, expired or revoked"), &e)
	e.Why = why
	return e
}

// why tells what is wrong with a token whose signature was not taken, as far as it says so itself.
func (k *Keys) why(token string) string {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return "the access token is no JWT"
	}
	var header struct {
		Algorithm string `json:"alg"`
		KeyID     string `json:"kid"`
		Type      string `json:"typ"`
	}
	if !decodePart(parts[0], &header) {
		return "the header of the access token cannot be read"
	}
	switch {
	case header.Algorithm != "RS256":
		return fmt.Sprintf("the access token is signed with the algorithm %q, not with RS256", cut(header.Algorithm))
	case header.KeyID != k.id && header.KeyID != k.Rotated().id:
		return "the access token is signed with a key that GET /idp/keys does not list"
	case header.Type != TypeAccess:
		return fmt.Sprintf("it is a token of type %q, not an access token", cut(header.Type))
	}
	return "the signature of the access token is wrong"
}

// whyRow tells why a token that the server signed has no row that counts.
func whyRow(v *state.View, token string) string {
	var c Claims
	if parts := strings.Split(token, "."); len(parts) != 3 || !decodePart(parts[1], &c) {
		return "the claims of the access token cannot be read"
	}
	now := v.Now()
	expires, issued := time.Unix(c.ExpiresAt, 0).UTC(), time.Unix(c.IssuedAt, 0).UTC()
	switch {
	case !expires.After(now):
		return fmt.Sprintf("the access token expired at %s; the world's clock shows %s", expires.Format(time.RFC3339), now.Format(time.RFC3339))
	case issued.After(now):
		return fmt.Sprintf("the access token is valid only from %s; the world's clock shows %s", issued.Format(time.RFC3339), now.Format(time.RFC3339))
	case strings.HasSuffix(c.Issuer, ".invalid"):
		return fmt.Sprintf("the access token was issued by %q", cut(c.Issuer))
	case len(c.Audience) == 1 && strings.HasSuffix(c.Audience[0], ".invalid"):
		return fmt.Sprintf("the access token is meant for %q", cut(c.Audience[0]))
	}
	return "the access token was revoked, or was not issued in this world"
}

func decodePart(part string, into any) bool {
	text, err := base64.RawURLEncoding.DecodeString(part)
	return err == nil && json.Unmarshal(text, into) == nil
}

// cut bounds what a stranger's token puts into the journal.
func cut(text string) string {
	const most = 80
	if len(text) > most {
		return text[:most] + "…"
	}
	return text
}
