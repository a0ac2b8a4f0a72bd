package branding

import (
	"bytes"
	"context"
	"image/png"
	"net/http"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

type uploadIn struct {
	TenantID model.TenantID `path:"tenant_id"`
	Version  int64          `query:"version"`
	Raw      []byte
}

// upload stores the image as it came, under a new logotype (wire facts, core 6.15). Its length has to be known
// beforehand: the reference requires Content-Length, and lists no 411 for a body that is sent in chunks.
func upload(ctx context.Context, tx *state.Tx, in uploadIn) (*wire.Tenant, error) {
	if op.Request(ctx).ContentLength < 0 {
		return nil, model.Errorf(model.Invalid, "length_required", "header Content-Length is required")
	}
	t, b, err := branded(ctx, tx.View, in.TenantID, in.Version)
	if err != nil {
		return nil, err
	}
	if err := checkImage(in.Raw); err != nil {
		return nil, err
	}
	m, err := membersOf(b)
	if err != nil {
		return nil, err
	}
	m.Logotype = model.Ptr(tx.UUID())
	return put(tx, t, b, &m, in.Raw)
}

// checkImage looks at the header alone: a small file may hold an image that is too large to decode.
func checkImage(image []byte) error {
	if _, err := png.DecodeConfig(bytes.NewReader(image)); err != nil {
		return model.Errorf(model.Invalid, "logo_format", "the logo is not a PNG image: %v", err)
	}
	return nil
}

type logoIn struct {
	TenantID model.TenantID `path:"tenant_id"`
}

// logo shows the logo of the brand in effect, the one whose logotype getBrand names. A brand of one's own without a
// logo has none: an ancestor's is not borrowed.
func logo(ctx context.Context, v *state.View, in logoIn) (*op.Document, error) {
	t, err := reached(ctx, v, in.TenantID)
	if err != nil {
		return nil, err
	}
	b, ok := v.EffectiveBrand(t.ID)
	if !ok || len(b.Logo) == 0 {
		return nil, model.Missing("logo of tenant", t.ID)
	}
	header := http.Header{"Cache-Control": {"max-age=86400, must-revalidate"}}
	return &op.Document{Header: header, Type: "image/png", Body: b.Logo}, nil
}
