package model

// Identifiers are UUIDs in lower-case text form, as the API prints them.
type (
	TenantID     string
	UserID       string
	ClientID     string
	PolicyID     string
	GroupID      string
	IdentityID   string
	InfraID      string
	LocationID   string
	AppID        string
	BrandID      string
	ReportID     string
	StoredID     string
	RequestID    string
	OfferingName string
)

// NilUUID is what clients send as the id of an access policy that does not exist yet
// (wire facts, core 1 no. 15).
const NilUUID = "00000000-0000-0000-0000-000000000000"

// DefaultIdP is the identity provider that every tenant and user starts with (user guide).
const DefaultIdP = "11111111-1111-1111-1111-111111111111"

// IsUUID reports whether s is a UUID in the one form that the API prints:
// 36 characters, lower-case hexadecimal digits, hyphens at 8, 13, 18 and 23.
func IsUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		if !uuidByte(i, s[i]) {
			return false
		}
	}
	return true
}

func uuidByte(i int, c byte) bool {
	if i == 8 || i == 13 || i == 18 || i == 23 {
		return c == '-'
	}
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f'
}
