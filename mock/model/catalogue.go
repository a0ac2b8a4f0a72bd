package model

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
)

// Types of offering items (reference, GET /tenants/{tenant_id}/offering_items).
const (
	ItemCount   = "count"
	ItemFeature = "feature"
	ItemInfra   = "infra"
)

// StandardEdition is the edition that lists show unless another one is asked for; AnyEdition asks for all.
const (
	StandardEdition = "standard"
	AnyEdition      = "*"
)

// Item is an offering item as published: what a tenant can have of an application (wire facts, core 9).
type Item struct {
	App          AppID
	Name         OfferingName // with the prefix of its edition, unique in its application
	UsageName    string       // without the prefix
	Edition      string       // "" where the item belongs to no edition
	Type         string
	Unit         string
	Capability   string // that a component must have to carry an item of type infra
	PartnersOnly bool   // customers and units cannot have it
}

// Edition is one of the editions of an application. Its items bear one of its prefixes.
type Edition struct {
	Name     string   `json:"name"`
	Prefixes []string `json:"prefixes"`
	Sets     []string `json:"sets"`
	Advanced bool     `json:"advanced_protection"` // brings what other editions of its family lack
}

// AppSettingDef is a published setting of an application. Those published are about billing: partners alone have
// them and nobody inherits them (wire facts, core 4).
type AppSettingDef struct {
	Name     string `json:"name"`
	ReadOnly bool   `json:"read_only"`
}

//go:embed catalogue.json
var catalogueText []byte

// offer is an application in the data.
type offer struct {
	Type         string          `json:"type"`
	PartnersOnly bool            `json:"partners_only"`
	Editions     []Edition       `json:"editions"`
	Items        []offerItem     `json:"items"`
	Settings     []AppSettingDef `json:"settings"`
}

// offerItem is an item in the data, once for all editions that have its set; without a set it belongs to none.
type offerItem struct {
	Name         string `json:"name"`
	Set          string `json:"set"`
	Type         string `json:"type"`
	Unit         string `json:"unit"`
	Capability   string `json:"capability"`
	PartnersOnly bool   `json:"partners_only"`
}

type catalogue struct {
	offers map[AppID]*offer
	items  map[AppID][]*Item
	byName map[itemName]*Item
}

type itemName struct {
	app  AppID
	name OfferingName
}

// published is the catalogue, read once.
var published = sync.OnceValue(func() *catalogue {
	c, err := readCatalogue(catalogueText)
	if err != nil {
		panic(err) // it is embedded, and a test reads it
	}
	return c
})

func readCatalogue(text []byte) (*catalogue, error) {
	var data struct {
		Applications []*offer `json:"applications"`
	}
	if err := json.Unmarshal(text, &data); err != nil {
		return nil, fmt.Errorf("read the catalogue of offering items: %w", err)
	}
	c := &catalogue{offers: map[AppID]*offer{}, items: map[AppID][]*Item{}, byName: map[itemName]*Item{}}
	for _, o := range data.Applications {
		i := slices.IndexFunc(applications, func(a Application) bool { return a.Type == o.Type })
		if i < 0 {
			return nil, fmt.Errorf("read the catalogue of offering items: application %q is not published", o.Type)
		}
		c.add(applications[i].ID, o)
	}
	return c, nil
}

// add makes the items of an application: those of each edition under each of its prefixes, then those of none.
func (c *catalogue) add(app AppID, o *offer) {
	c.offers[app] = o
	for _, e := range o.Editions {
		for _, prefix := range e.Prefixes {
			for i := range o.Items {
				if slices.Contains(e.Sets, o.Items[i].Set) {
					c.put(o.Items[i].in(app, o, e.Name, prefix))
				}
			}
		}
	}
	for i := range o.Items {
		if o.Items[i].Set == "" {
			c.put(o.Items[i].in(app, o, "", ""))
		}
	}
}

func (c *catalogue) put(it *Item) {
	c.items[it.App] = append(c.items[it.App], it)
	c.byName[itemName{it.App, it.Name}] = it
}

func (i *offerItem) in(app AppID, o *offer, edition, prefix string) *Item {
	return &Item{
		App: app, Name: OfferingName(prefix + i.Name), UsageName: i.Name, Edition: edition,
		Type: i.Type, Unit: i.Unit, Capability: i.Capability, PartnersOnly: i.PartnersOnly || o.PartnersOnly,
	}
}

// Items lists the published items of an application, edition by edition, always in the same order. The items are
// shared: nobody changes them.
func Items(app AppID) []*Item { return slices.Clone(published().items[app]) }

// FindItem finds a published item by its name.
func FindItem(app AppID, name OfferingName) (*Item, bool) {
	it, ok := published().byName[itemName{app, name}]
	return it, ok
}

// FindEdition finds an edition of an application.
func FindEdition(app AppID, name string) (Edition, bool) {
	for _, e := range Editions(app) {
		if e.Name == name {
			return e, true
		}
	}
	return Edition{}, false
}

// Editions lists the editions of an application; most have none.
func Editions(app AppID) []Edition {
	if o, ok := published().offers[app]; ok {
		return slices.Clone(o.Editions)
	}
	return nil
}

// AppSettingDefOf finds a published setting of an application.
func AppSettingDefOf(app AppID, name string) (AppSettingDef, bool) {
	if o, ok := published().offers[app]; ok {
		for _, s := range o.Settings {
			if s.Name == name {
				return s, true
			}
		}
	}
	return AppSettingDef{}, false
}
