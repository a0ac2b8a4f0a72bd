package auth

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	_ "embed" // the keys that ship with the binary
	"encoding/pem"
	"errors"
	"fmt"

	"github.com/go-jose/go-jose/v4"

	"github.com/tenantry/tenantry/mock/internal/det"
)

// The development key ships with the binary, so that keys are the same after every start and none is made. It
// protects nothing: everybody has it.
//
//go:embed development.pem
var developmentKey []byte

// The second key takes over where a fault rotates the keys, whichever the first one is. Everybody has it too; what
// it signed counts for tokens alone whose row names it.
//
//go:embed rotation.pem
var rotationKey []byte

// Keys sign and verify the tokens of every world: one key signs, and tokens of the one that it rotates to are
// verified as well.
type Keys struct {
	id      string
	key     *rsa.PrivateKey
	signer  map[string]jose.Signer // by typ
	rotated *Keys                  // nil for those that are themselves rotated to
}

// Token types (wire facts, idp 2.4).
const (
	TypeAccess = "at+jwt"
	TypeID     = "JWT"
)

// DevelopmentKeys are the embedded ones.
func DevelopmentKeys() (*Keys, error) { return ParseKeys(developmentKey) }

// ParseKeys reads an RSA private key in PEM form, PKCS#1 or PKCS#8. Its key id derives from the public key.
func ParseKeys(pemBytes []byte) (*Keys, error) {
	k, err := parseKey(pemBytes)
	if err != nil {
		return nil, err
	}
	if k.rotated, err = parseKey(rotationKey); err != nil {
		return nil, fmt.Errorf("read the embedded second key: %w", err)
	}
	return k, nil
}

func parseKey(pemBytes []byte) (*Keys, error) {
	block, _ := pem.Decode(pemBytes)
	if block == nil {
		return nil, errors.New("the signing key is not in PEM form; make one with: openssl genrsa -out key.pem 2048")
	}
	key, err := parseRSA(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("the signing key is not an RSA private key: %w", err)
	}
	if key.N.BitLen() < 2048 {
		return nil, fmt.Errorf("the signing key has %d bits, at least 2048 are needed", key.N.BitLen())
	}
	k := &Keys{id: keyID(&key.PublicKey), key: key, signer: map[string]jose.Signer{}}
	for _, typ := range []string{TypeAccess, TypeID} {
		if k.signer[typ], err = k.newSigner(typ); err != nil {
			return nil, fmt.Errorf("prepare the signing key: %w", err)
		}
	}
	return k, nil
}

func parseRSA(der []byte) (*rsa.PrivateKey, error) {
	if key, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return key, nil
	}
	parsed, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return nil, err
	}
	key, ok := parsed.(*rsa.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("it is a %T", parsed)
	}
	return key, nil
}

// keyID is a UUID, as on the wire, that any server with the same key derives alike.
func keyID(pub *rsa.PublicKey) string {
	sum := sha256.Sum256(x509.MarshalPKCS1PublicKey(pub))
	return det.FormatUUID([16]byte(sum[:16]))
}

func (k *Keys) newSigner(typ string) (jose.Signer, error) {
	opts := (&jose.SignerOptions{}).WithType(jose.ContentType(typ)).WithHeader("kid", k.id)
	return jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: k.key}, opts)
}

// Sign makes a compact RS256 token of a type. extra are further header members; nil for none.
func (k *Keys) Sign(typ string, payload []byte, extra map[string]any) (string, error) {
	signer := k.signer[typ]
	if len(extra) > 0 {
		opts := (&jose.SignerOptions{}).WithType(jose.ContentType(typ)).WithHeader("kid", k.id)
		for name, value := range extra {
			opts.WithHeader(jose.HeaderKey(name), value)
		}
		var err error
		if signer, err = jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: k.key}, opts); err != nil {
			return "", fmt.Errorf("prepare a token header: %w", err)
		}
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		return "", fmt.Errorf("sign a token: %w", err)
	}
	return signed.CompactSerialize()
}

// Verify checks signature, algorithm and key id, and returns the payload of a token of either type. It does not look at
// its claims.
func (k *Keys) Verify(token string) ([]byte, error) {
	payload, _, err := k.verify(token)
	return payload, err
}

// verifyAccess is Verify for what is meant to be an access token: an id token has the same signature and the same jti,
// and its type alone says that it authorizes nothing (RFC 9068, 4).
func (k *Keys) verifyAccess(token string) ([]byte, jose.Header, error) {
	payload, header, err := k.verify(token)
	if typ := headerText(header, jose.HeaderType); err == nil && typ != TypeAccess {
		err = fmt.Errorf("the token has the type %q, not %q", typ, TypeAccess)
	}
	return payload, header, err
}

func (k *Keys) verify(token string) (payload []byte, header jose.Header, err error) {
	signed, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		return nil, header, fmt.Errorf("read the token: %w", err)
	}
	header = signed.Signatures[0].Header
	by := k.withID(header.KeyID)
	if by == nil {
		return nil, header, fmt.Errorf("no key has the id %q", header.KeyID)
	}
	if payload, err = signed.Verify(&by.key.PublicKey); err != nil {
		return nil, header, fmt.Errorf("verify the token: %w", err)
	}
	return payload, header, nil
}

func (k *Keys) withID(id string) *Keys {
	switch {
	case id == k.id:
		return k
	case k.rotated != nil && id == k.rotated.id:
		return k.rotated
	}
	return nil
}

func headerText(h jose.Header, name jose.HeaderKey) string {
	text, _ := h.ExtraHeaders[name].(string)
	return text
}

// ID is the id of the key that signs.
func (k *Keys) ID() string { return k.id }

// Rotated are the keys that take over when these are rotated. These verify what those signed.
func (k *Keys) Rotated() *Keys { return k.rotated }

// Set is the public part of the key that signs, for GET /idp/keys.
func (k *Keys) Set() jose.JSONWebKeySet {
	return jose.JSONWebKeySet{Keys: []jose.JSONWebKey{
		{Key: crypto.PublicKey(&k.key.PublicKey), KeyID: k.id, Algorithm: string(jose.RS256), Use: "sig"},
	}}
}

// RotatedSet is Set while the keys are rotated: both, the new one first.
func (k *Keys) RotatedSet() jose.JSONWebKeySet {
	set := k.rotated.Set()
	set.Keys = append(set.Keys, k.Set().Keys...)
	return set
}
