package tenants_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/tenantry/tenantry/mock/internal/api/tenants"
	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

const bigRoot = model.TenantID("f0000000-0000-4000-8000-000000000000")

// bigWorld is a root with partners, customers in each, units in each of those, as many as asked for; each unit has a
// personal tenant for every user.
func bigWorld(t testing.TB, partners, customers, units, users int) *state.View {
	t.Helper()
	w, err := state.NewMemory(state.Config{ID: "big", Clock: det.NewVirtual(nil), Source: det.NewSource(1, "big")}, func(tx *state.Tx) error {
		add := func(parent model.TenantID, kind model.TenantKind, owner model.UserID) model.TenantID {
			row := &model.Tenant{
				ID: model.TenantID(tx.UUID()), ParentID: parent, Kind: kind, Version: 1, Enabled: true, AncestralAccess: true,
				OwnerID: owner, CreatedAt: model.MomentOf(tx.Now()), UpdatedAt: model.MomentOf(tx.Now()), Pricing: model.Pricing{Mode: model.Production},
			}
			row.Name = "Tenant " + string(row.ID[:8])
			tx.PutTenant(row)
			return row.ID
		}
		tx.PutTenant(&model.Tenant{ID: bigRoot, ParentID: bigRoot, Kind: model.Root, Name: "Root", Enabled: true, AncestralAccess: true})
		tx.PutBrand(&model.Brand{ID: model.BrandID(tx.UUID()), Num: 1, TenantID: bigRoot})
		for range partners {
			p := add(bigRoot, model.Partner, "")
			for range customers {
				c := add(p, model.Customer, "")
				for range units {
					u := add(c, model.Unit, "")
					for range users {
						add(u, model.Unit, model.UserID(tx.UUID()))
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("make a world: %v", err)
	}
	return w.View(t.Context())
}

func TestAPageOfChildrenHasALimit(t *testing.T) {
	t.Parallel()
	v := bigWorld(t, tenants.ChildrenLimit+10, 0, 0, 0)
	for _, order := range []string{"name", "-name", "as_is", "status", "-usage.vms"} {
		first, after, err := tenants.Children(t.Context(), v, bigRoot, order, "")
		if err != nil || len(first) != tenants.ChildrenLimit || after == "" {
			t.Fatalf("the first page by %s: %d ids, cursor %q, %v", order, len(first), after, err)
		}
		rest, after, err := tenants.Children(t.Context(), v, bigRoot, "ignored beside a cursor", after)
		if err != nil || len(rest) != 10 || after != "" {
			t.Fatalf("the last page by %s: %d ids, cursor %q, %v", order, len(rest), after, err)
		}
		all := slices.Concat(first, rest)
		slices.Sort(all)
		if n := len(slices.Compact(all)); n != tenants.ChildrenLimit+10 {
			t.Errorf("the pages by %s hold %d children, want %d", order, n, tenants.ChildrenLimit+10)
		}
	}
}

// A page must cost the same per tenant whatever the size of the world, on every level.
func BenchmarkPageOfASubtree(b *testing.B) {
	for _, n := range []int{2, 24} {
		v := bigWorld(b, n, 10*n, n, 5)
		last := model.TenantID("")
		for level := range 5 {
			b.Run(fmt.Sprintf("%d tenants, level %d", state.Tenants.Len(v), level), func(b *testing.B) {
				for b.Loop() {
					items, err := tenants.PageAfter(b.Context(), v, bigRoot, last, 20)
					if err != nil || len(items) == 0 {
						b.Fatalf("a page of %d: %v", len(items), err)
					}
					if _, err := op.Encode(items); err != nil {
						b.Fatal(err)
					}
				}
			})
			last = middleChild(v, last)
		}
	}
}

// middleChild is a child amidst those of a tenant; the root is the child of none.
func middleChild(v *state.View, id model.TenantID) model.TenantID {
	if id == "" {
		return bigRoot
	}
	children := slices.Collect(v.ChildTenants(id))
	return children[len(children)/2].ID
}

func BenchmarkPageOfChildren(b *testing.B) {
	for _, n := range []int{tenants.ChildrenLimit, 20 * tenants.ChildrenLimit} {
		v := bigWorld(b, n, 0, 0, 0)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, _, err := tenants.Children(b.Context(), v, bigRoot, "name", ""); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
