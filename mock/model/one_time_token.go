package model

import (
	"encoding/base64"
	"strings"
	"time"
)

// OneTimeLife is how long a one-time token can be used (wire facts, idp 5).
const OneTimeLife = 30 * time.Second

// Purposes of a one-time token (reference, POST /idp/ott). One to verify proves who the user is and opens no session.
const (
	ForLogin  = "user_login"
	ForVerify = "verify"
)

// OneTimeToken lets somebody log in as a user once. It is found by the hash of its value and gone when it is used.
type OneTimeToken struct {
	Hash      string    `json:"id"`
	User      UserID    `json:"user"`
	Client    ClientID  `json:"client"` // who asked for it
	Purpose   string    `json:"purpose"`
	ExpiresAt time.Time `json:"expires"`
}

// oneTimeMark begins each value; with 27 bytes of chance after it, a value has 31.
const (
	oneTimeMark  = "OTT\x01"
	oneTimeBytes = 31
)

// OneTimeValue is a one-time token made of chance, in URL-safe Base64 with padding (wire facts, idp 5).
func OneTimeValue(chance [32]byte) string {
	raw := append([]byte(oneTimeMark), chance[:oneTimeBytes-len(oneTimeMark)]...)
	return base64.URLEncoding.EncodeToString(raw)
}

// IsOneTimeValue reports whether text has the form of a one-time token.
func IsOneTimeValue(text string) bool {
	raw, err := base64.URLEncoding.DecodeString(text)
	return err == nil && len(raw) == oneTimeBytes && strings.HasPrefix(string(raw), oneTimeMark)
}
