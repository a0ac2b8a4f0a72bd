package branding

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/wire"
	"github.com/tenantry/tenantry/mock/model"
)

// Ops are the operations on brands.
var Ops = []op.Op{
	op.Read("getBrand", get),
	op.Write("enableBrand", enable),
	op.Write("updateBrand", update),
	op.Write("disableBrand", disable),
	op.Write("uploadBrandLogo", upload),
	op.Read("getBrandLogo", logo),
}

type getIn struct {
	TenantID model.TenantID `path:"tenant_id"`
	Parents  bool           `query:"effective"`
}

// get shows the brand in effect: the tenant's own or an inherited one, since 200 is the only documented answer. With
// effective the parent's is shown, in the words of the reference, where the tenant has one of its own too.
func get(ctx context.Context, v *state.View, in getIn) (*brand, error) {
	t, err := reached(ctx, v, in.TenantID)
	if err != nil {
		return nil, err
	}
	from := t.ID
	if in.Parents {
		from = t.ParentID
	}
	b, ok := v.EffectiveBrand(from)
	if !ok {
		return nil, model.Missing("brand of tenant", t.ID)
	}
	return brandOf(b)
}

type changeIn struct {
	TenantID model.TenantID `path:"tenant_id"`
	Version  int64          `query:"version"`
}

// enable starts with an empty brand: what was set before branding was turned off is gone.
func enable(ctx context.Context, tx *state.Tx, in changeIn) (*wire.Tenant, error) {
	t, err := changeable(ctx, tx.View, in.TenantID, in.Version)
	if err != nil {
		return nil, err
	}
	if err := model.CheckBranding(t); err != nil {
		return nil, err
	}
	if _, own := state.Brands.Get(tx, t.ID); own {
		return nil, model.Errorf(model.Conflict, "brand_enabled", "Tenant %q has branding of its own already", t.Name)
	}
	tx.PutBrand(&model.Brand{
		ID: model.BrandID(tx.UUID()), Num: tx.Count(model.CountBrands), TenantID: t.ID, UpdatedAt: tx.Now(),
	})
	return touched(tx, t), nil
}

// disable leaves the tenant with the brand of its ancestor. The root has none, so its brand stays.
func disable(ctx context.Context, tx *state.Tx, in changeIn) (op.None, error) {
	t, _, err := branded(ctx, tx.View, in.TenantID, in.Version)
	if err != nil {
		return op.None{}, err
	}
	if t.Kind == model.Root {
		return op.None{}, model.Refuse(model.Invalid, model.CodeBusinessRule, "brand_root",
			"the branding of the root tenant cannot be turned off: it is what all others inherit")
	}
	tx.RemoveBrand(t.ID)
	tx.TouchTenant(t)
	return op.None{}, nil
}

// touched is the answer to a change: the tenant under its next version.
func touched(tx *state.Tx, t *model.Tenant) *wire.Tenant {
	return wire.TenantOf(tx.View, tx.TouchTenant(t))
}

// reached finds a live tenant whose properties the caller may see.
func reached(ctx context.Context, v *state.View, id model.TenantID) (*model.Tenant, error) {
	t, err := v.LiveTenant(id)
	if err != nil {
		return nil, err
	}
	return t, v.Reach(op.Caller(ctx), t.ID)
}

// changeable finds a tenant that the caller may change, and knows the newest version of.
func changeable(ctx context.Context, v *state.View, id model.TenantID, version int64) (*model.Tenant, error) {
	t, err := reached(ctx, v, id)
	if err != nil {
		return nil, err
	}
	if err := v.Unlocked(op.Caller(ctx), t); err != nil {
		return nil, err
	}
	return t, model.CheckVersion("tenant", version, t.Version)
}

// branded finds a changeable tenant with its own brand; one without is refused.
func branded(ctx context.Context, v *state.View, id model.TenantID, version int64) (*model.Tenant, *model.Brand, error) {
	t, err := changeable(ctx, v, id, version)
	if err != nil {
		return nil, nil, err
	}
	b, own := state.Brands.Get(v, t.ID)
	if !own {
		return nil, nil, model.Refuse(model.Invalid, model.CodeBusinessRule, "brand_disabled",
			"Tenant %q has no branding of its own: it has to be turned on first", t.Name)
	}
	return t, b, nil
}
