package wire

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

const macBytes = 16

// EncodeCursor makes an opaque cursor of a list's name and whatever the next page needs: all filters, the first
// page's timestamp and the place to go on from. It is authenticated by a key of the world, so it survives restarts
// and cannot be made by hand.
func EncodeCursor(v *state.View, list string, page any) (string, error) {
	body, err := json.Marshal(page)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(append(cursorMAC(v, list, body), body...)), nil
}

// DecodeCursor reads a cursor of the same list and world back into page. Anything else is refused.
func DecodeCursor(v *state.View, list, cursor string, page any) error {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(raw) < macBytes {
		return badCursor()
	}
	mac, body := raw[:macBytes], raw[macBytes:]
	if !hmac.Equal(mac, cursorMAC(v, list, body)) {
		return badCursor()
	}
	if err := json.Unmarshal(body, page); err != nil {
		return badCursor()
	}
	return nil
}

func badCursor() error {
	return model.Errorf(model.Invalid, "invalid_cursor",
		"query parameter \"after\" is not a cursor of this list; send paging.cursors.after of the page before, unchanged")
}

func cursorMAC(v *state.View, list string, body []byte) []byte {
	h := hmac.New(sha256.New, v.Key("cursor/"+list))
	h.Write(body)
	return h.Sum(nil)[:macBytes]
}
