package idp

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// formCookie names the browser that a form was made for.
const formCookie = "form"

// A guard keeps other sites from posting the forms of these pages. A form holds a code made of the browser's form cookie
// and of what the form is about; other sites can neither read it nor, by SameSite, make the browser send the cookie. The
// cookie is chance that no seed determines: seeds are public.
type guard struct {
	browser string
	fresh   bool // the browser has no form cookie yet
}

func guardOf(ctx context.Context) guard {
	if c, err := op.Request(ctx).Cookie(formCookie); err == nil && c.Value != "" {
		return guard{browser: c.Value}
	}
	return guard{browser: det.RandomID(), fresh: true}
}

// settle gives the browser its form cookie together with its first form.
func (g guard) settle(ctx context.Context, d *op.Document) {
	if g.fresh {
		setCookie(d, cookie(ctx, formCookie, g.browser))
	}
}

// code is what a form about something holds.
func (g guard) code(v *state.View, about string) string { return seal(v, "form", g.browser, about) }

// check refuses a form that was not made for this browser and about this.
func (g guard) check(v *state.View, about, code string) error {
	if g.fresh || !hmac.Equal([]byte(code), []byte(g.code(v, about))) {
		return model.Errorf(model.Forbidden, "stale_form", "this form is out of date, please try again")
	}
	return nil
}

// seal authenticates texts by a key of the world for a purpose.
func seal(v *state.View, purpose string, texts ...string) string {
	h := hmac.New(sha256.New, v.Key("idp/"+purpose))
	for _, text := range texts {
		sum := sha256.Sum256([]byte(text)) // of one length each, so that no text runs into the next
		h.Write(sum[:])
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}
