package state

import (
	"iter"
	"slices"

	"github.com/tidwall/btree"

	"github.com/tenantry/tenantry/mock/model"
)

// A family is how far down the tenants go below one of them. Personal tenants have none below them and no family of their
// own. There are two of each in a tree: one that is found by the id alone, and one that is found among its siblings, so that
// a walk sees who of them reaches far enough down without looking each of them up. Families are shared: copy, change, put.
type family struct {
	among  model.TenantID // the parent for one among its siblings, else ""
	id     model.TenantID
	parent model.TenantID // "" above the root, and as long as the tenant itself is not there
	below  []int          // at h, how many of its children have the height h
}

// height is the number of levels below the tenant.
func (f *family) height() int { return len(f.below) }

func lessFamily(a, b *family) bool {
	if a.among != b.among {
		return a.among < b.among
	}
	return a.id < b.id
}

// heights are the families of one state. Where a walk goes down level by level, it passes by what does not reach the level.
// A tenant that is put, moved or removed changes those above it, for as long as their heights change.
type heights struct{ families *btree.BTreeG[*family] }

// A heightIndex is the families of the tenants.
type heightIndex struct{ index[model.Tenant, *family] }

func byHeights() sequel[model.Tenant] {
	x := &heightIndex{}
	x.start(followTenant, newTree(lessFamily))
	return x
}

func (x *heightIndex) copied() sequel[model.Tenant] {
	c := &heightIndex{}
	c.is(&x.index)
	return c
}

// fill makes the families of tenants in any order.
func (x *heightIndex) fill(tenants []*model.Tenant) {
	personal := map[model.TenantID]int{}
	for _, t := range tenants { // most are personal, and are counted at once
		if t.Personal() {
			personal[t.ParentID]++
		}
	}
	h := heights{newTree(lessFamily)}
	for parent, n := range personal {
		h.families.Set(&family{id: parent, below: []int{n}})
	}
	for _, t := range tenants {
		if !t.Personal() {
			h.join(t)
		}
	}
	x.start(followTenant, h.families)
}

// followTenant puts a tenant in the place of old; either may be nil.
func followTenant(families *btree.BTreeG[*family], old, row *model.Tenant) {
	heights{families}.follow(old, row)
}

func heightsIn(r Reader) heights {
	t := Tenants.in(r)
	return heights{sequelOf[*heightIndex](t).upTo(t.edits)}
}

// of is the number of levels below a tenant, 0 for one that is not there.
func (h heights) of(id model.TenantID) int {
	f, ok := h.families.Get(&family{id: id})
	if !ok {
		return 0
	}
	return f.height()
}

// children walks those of a tenant that are at least so high, from an id on, in the order of their ids.
func (h heights) children(id, from model.TenantID, height int) iter.Seq[model.TenantID] {
	return func(yield func(model.TenantID) bool) {
		h.families.Ascend(&family{among: id, id: from}, func(f *family) bool {
			return f.among == id && (f.height() < height || yield(f.id))
		})
	}
}

func (h heights) follow(old, row *model.Tenant) {
	if old != nil && row != nil && old.ParentID == row.ParentID && old.Personal() == row.Personal() {
		return
	}
	if old != nil {
		h.leave(old)
	}
	if row != nil {
		h.join(row)
	}
}

// copied is the family of a tenant for changing.
func (h heights) copied(id model.TenantID) *family {
	f, ok := h.families.Get(&family{id: id})
	if !ok {
		return &family{id: id}
	}
	changed := *f
	return &changed
}

func (h heights) join(t *model.Tenant) {
	if t.Personal() {
		h.moved(t.ParentID, none, 0)
		return
	}
	f := h.copied(t.ID)
	if t.ParentID != t.ID { // the root is its own parent
		f.parent = t.ParentID
	}
	h.put(f, none)
	h.moved(f.parent, none, f.height())
}

// put writes a family, and the one among its siblings if its height is another one than before.
func (h heights) put(f *family, was int) {
	h.families.Set(f)
	if f.parent != "" && f.height() != was {
		h.families.Set(&family{among: f.parent, id: f.id, below: f.below})
	}
}

func (h heights) leave(t *model.Tenant) {
	if t.Personal() {
		h.moved(t.ParentID, 0, none)
		return
	}
	f := h.copied(t.ID)
	parent := f.parent
	f.parent = ""
	if parent != "" {
		h.families.Delete(&family{among: parent, id: t.ID})
	}
	if h.families.Set(f); f.height() == 0 {
		h.families.Delete(f)
	}
	h.moved(parent, f.height(), none)
}

// none is the height of a child that is not there.
const none = -1

// moved tells a tenant that the height of one of its children is another one, and those above it what follows from that.
func (h heights) moved(id model.TenantID, from, to int) {
	for id != "" && to <= h.families.Len()+1 { // a ring, which no rule allows, would grow for ever
		f := h.copied(id)
		was := f.height()
		f.below = recounted(f.below, from, to)
		h.put(f, was)
		if f.height() == was {
			return
		}
		id, from, to = f.parent, was, f.height()
	}
}

// recounted is a copy with one less at from and one more at to, and no zeros at its end.
func recounted(below []int, from, to int) []int {
	counts := make([]int, max(len(below), to+1))
	copy(counts, below)
	if from != none {
		counts[from]--
	}
	if to != none {
		counts[to]++
	}
	for len(counts) > 0 && counts[len(counts)-1] == 0 {
		counts = counts[:len(counts)-1]
	}
	return slices.Clip(counts)
}
