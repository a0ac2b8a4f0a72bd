package editions

import (
	"context"
	"slices"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// Warnings that a switch of the edition may bring. Their names are the vendor's; when each one is given is told by
// the names alone (wire facts, core 6.13).
const (
	warnLost     = "OldFeaturesBecomeUnavailable"
	warnGained   = "NewFeaturesBecomeAvailable"
	warnPlans    = "SomePlansWillStopWorking"
	warnDevices  = "AllDevicesWithBackupsPreserved"
	warnUsage    = "UsageStatisticsWillMigrate"
	warnAdvanced = "AdvCyberProtectBecomeUnavailable"
)

type checkIn struct {
	ID     model.TenantID `path:"tenant_id"`
	Target string         `query:"target_edition"`
	App    model.AppID    `query:"application_id"`
}

// verdict is the answer to a check: empty where nothing would be lost or gained.
type verdict struct {
	Warnings []string `json:"warnings"`
}

func check(ctx context.Context, v *state.View, in checkIn) (*verdict, error) {
	t, err := v.Reached(op.Caller(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	p, err := plan(v, t, in.App, in.Target)
	if err != nil {
		return nil, err
	}
	return &verdict{Warnings: p.warnings(v, t)}, nil
}

// A switching is what happens to the items of a tenant that are on in other editions than the target: each becomes
// the one of the same usage, or is lost where the target has none.
type switching struct {
	target model.Edition
	app    model.AppID
	moves  []move
	lost   []model.ItemRef

	switched []*model.Tenant // so far
}

type move struct{ from, to model.ItemRef }

// plan refuses an application or an edition that does not exist, and names the counterparts that the parent does not
// offer (1021).
func plan(v *state.View, t *model.Tenant, app model.AppID, edition string) (*switching, error) {
	if _, err := model.FindApplication(app); err != nil {
		return nil, err
	}
	target, ok := model.FindEdition(app, edition)
	if !ok || t.Kind == model.Root || t.Personal() {
		return nil, model.Refuse(model.Invalid, model.CodeBusinessRule, "edition",
			"tenant %q cannot switch application %s to edition %q", t.Name, app, edition)
	}
	s := &switching{target: target, app: app}
	for _, o := range v.OfferingsOf(t) {
		if o.On && o.App == app {
			s.add(o.ItemRef)
		}
	}
	var missing []model.ItemRef
	for _, m := range s.moves {
		if !v.Has(t, m.to) && v.CheckOffered(t, m.to) != nil {
			missing = append(missing, m.to)
		}
	}
	if len(missing) > 0 {
		return nil, model.Lacking(model.CodeItemUnavailable, missing, "edition %q is not available to tenant %q in full", edition, t.Name)
	}
	return s, nil
}

func (s *switching) add(from model.ItemRef) {
	it, known := from.Item()
	if !known || it.Edition == "" || it.Edition == s.target.Name {
		return
	}
	if to, ok := it.Counterpart(s.target); ok {
		s.moves = append(s.moves, move{from, model.ItemRef{App: s.app, Name: to.Name, Infra: from.Infra}})
		return
	}
	s.lost = append(s.lost, from)
}

// warnings lists what the switch would bring, in the order of the constants.
func (s *switching) warnings(v *state.View, t *model.Tenant) []string {
	list := []string{}
	note := func(text string, applies bool) {
		if applies {
			list = append(list, text)
		}
	}
	used := func(ref model.ItemRef) bool { return v.HasUsage(t.ID, ref) }
	moved := func(is func(model.ItemRef) bool) bool {
		return slices.ContainsFunc(s.moves, func(m move) bool { return is(m.from) })
	}
	note(warnLost, len(s.lost) > 0)
	note(warnGained, s.gains(v, t))
	note(warnPlans, slices.ContainsFunc(s.lost, used))
	note(warnDevices, moved(func(ref model.ItemRef) bool { return ref.Infra == "" && used(ref) }))
	note(warnUsage, moved(used))
	note(warnAdvanced, !s.target.Advanced && (moved(advanced) || slices.ContainsFunc(s.lost, advanced)))
	return list
}

// gains reports whether the target edition, as far as it is offered, has a usage that no item of the present one has.
func (s *switching) gains(v *state.View, t *model.Tenant) bool {
	if len(s.moves)+len(s.lost) == 0 {
		return false
	}
	has := map[string]bool{}
	for _, m := range s.moves {
		it, _ := m.from.Item()
		has[it.UsageName] = true
	}
	parent, err := v.Tenant(t.ParentID)
	return err == nil && slices.ContainsFunc(v.OfferingsOf(parent), func(o *model.Offering) bool {
		it, known := o.Item()
		return known && o.On && it.App == s.app && it.Edition == s.target.Name && it.Suits(t.Kind) && !has[it.UsageName]
	})
}

// advanced reports whether the item is of an edition with advanced protection.
func advanced(ref model.ItemRef) bool {
	it, _ := ref.Item()
	e, _ := model.FindEdition(it.App, it.Edition)
	return e.Advanced
}
