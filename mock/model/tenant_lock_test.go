package model_test

import (
	"testing"

	"github.com/tenantry/tenantry/mock/model"
)

func TestMergingALock(t *testing.T) {
	t.Parallel()
	open, held := model.Lock{}, model.Lock{Enabled: true, OwnerID: "acme"}
	null := model.Opt[model.TenantID]{Set: true, Null: true}
	for claim, tt := range map[string]struct {
		lock  model.Lock
		patch *model.LockPatch
		want  model.Lock
	}{
		"nothing sent keeps it open":         {open, nil, open},
		"nothing sent keeps it closed":       {held, nil, held},
		"an empty object changes nothing":    {held, &model.LockPatch{}, held},
		"who closes it owns it":              {open, &model.LockPatch{Enabled: model.Ptr(true)}, model.Lock{Enabled: true, OwnerID: "caller"}},
		"null is nobody, so the caller":      {open, &model.LockPatch{Enabled: model.Ptr(true), OwnerID: null}, model.Lock{Enabled: true, OwnerID: "caller"}},
		"unless an owner is named":           {open, &model.LockPatch{Enabled: model.Ptr(true), OwnerID: model.Some[model.TenantID]("x")}, model.Lock{Enabled: true, OwnerID: "x"}},
		"closing it again keeps the owner":   {held, &model.LockPatch{Enabled: model.Ptr(true)}, held},
		"and so does null":                   {held, &model.LockPatch{OwnerID: null}, held},
		"a closed one can be handed on":      {held, &model.LockPatch{OwnerID: model.Some[model.TenantID]("x")}, model.Lock{Enabled: true, OwnerID: "x"}},
		"an open one has no owner":           {held, &model.LockPatch{Enabled: model.Ptr(false)}, open},
		"not even one that is named":         {held, &model.LockPatch{Enabled: model.Ptr(false), OwnerID: model.Some[model.TenantID]("x")}, open},
		"an owner alone does not close it":   {open, &model.LockPatch{OwnerID: model.Some[model.TenantID]("x")}, open},
		"a fetched open lock can be resent":  {open, &model.LockPatch{Enabled: model.Ptr(false), OwnerID: null}, open},
		"a fetched closed one can be resent": {held, &model.LockPatch{Enabled: model.Ptr(true), OwnerID: model.Some[model.TenantID]("acme")}, held},
	} {
		if got := tt.lock.Merge(tt.patch, "caller"); got != tt.want {
			t.Errorf("%s: got %+v, want %+v", claim, got, tt.want)
		}
	}
}
