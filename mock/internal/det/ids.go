package det

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
)

// Source derives identifiers for one world from the seed and the world's id.
type Source struct{ key [32]byte }

// NewSource makes the source of the world.
func NewSource(seed int64, world string) Source {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(seed)) //nolint:gosec // a bit pattern, not a quantity
	return Source{key: sha256.Sum256(append(b[:], world...))}
}

// Key derives a secret key for a purpose, e.g. authenticating cursors.
func (s Source) Key(purpose string) []byte {
	sum := sha256.Sum256(append(s.key[:], purpose...))
	return sum[:]
}

// At is the generator of the transaction with that sequence.
func (s Source) At(seq uint64) *IDs { return &IDs{source: s, seq: seq} }

// IDs hands out the identifiers of one transaction, in order. It is for one goroutine.
type IDs struct {
	source Source
	seq    uint64
	n      uint64
	buf    [48]byte
}

// Sum is the next 32 bytes.
func (g *IDs) Sum() [32]byte {
	copy(g.buf[:32], g.source.key[:])
	binary.BigEndian.PutUint64(g.buf[32:], g.seq)
	binary.BigEndian.PutUint64(g.buf[40:], g.n)
	g.n++
	return sha256.Sum256(g.buf[:])
}

// UUID is a version 4 UUID.
func (g *IDs) UUID() string {
	sum := g.Sum()
	return FormatUUID([16]byte(sum[:16]))
}

// FormatUUID stamps version and variant on b and prints it.
func FormatUUID(b [16]byte) string {
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	out := make([]byte, 36)
	hex.Encode(out[0:8], b[0:4])
	hex.Encode(out[9:13], b[4:6])
	hex.Encode(out[14:18], b[6:8])
	hex.Encode(out[19:23], b[8:10])
	hex.Encode(out[24:36], b[10:16])
	out[8], out[13], out[18], out[23] = '-', '-', '-', '-'
	return string(out)
}

// Hex32 is 32 lower-case hexadecimal digits, the form of client secrets (wire facts, idp 7.1).
func (g *IDs) Hex32() string {
	sum := g.Sum()
	return hex.EncodeToString(sum[:16])
}

// Opaque22 is 22 characters of URL-safe Base64, the form of refresh tokens (wire facts, idp 2.1).
func (g *IDs) Opaque22() string {
	sum := g.Sum()
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

// Letters is n characters drawn from alphabet.
func (g *IDs) Letters(alphabet string, n int) string {
	out := make([]byte, 0, n)
	for len(out) < n {
		sum := g.Sum()
		for i := 0; i < len(sum) && len(out) < n; i++ {
			out = append(out, alphabet[int(sum[i])%len(alphabet)])
		}
	}
	return string(out)
}

const alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// Alnum22 is 22 letters and digits, the form of a token's jti (wire facts, idp 2.4).
func (g *IDs) Alnum22() string { return g.Letters(alphanumeric, 22) }

// RandomID is a UUID that no seed determines, for what must differ between runs, such as request ids.
func RandomID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand aborts the process instead
	return FormatUUID(b)
}
