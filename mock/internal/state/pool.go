package state

import (
	"slices"
	"strings"

	"github.com/tenantry/tenantry/mock/model"
)

// chunkBytes is how much text a pool asks memory for at a time. A chunk lives as long as any text in it: what is
// loaded is the most that this can ever cost.
const chunkBytes = 64 << 10

// A pool makes the rows of a world share their texts while they are loaded: an identifier is in the row that has it and
// in those that refer to it, and names, languages and roles are few. Texts of one pool lie side by side, since each by
// itself costs a third more and a mark in every garbage collection. Rows are never changed, so nobody can tell.
type pool struct {
	chunk strings.Builder
	texts map[string]string
	refs  map[string]*string
	lists [][]string
}

func newPool() *pool { return &pool{texts: map[string]string{}, refs: map[string]*string{}} }

// share replaces what is in the row by equal values of rows before.
func (p *pool) share(row any) {
	switch r := row.(type) {
	case *model.Tenant:
		p.tenant(r)
	case *model.User:
		p.user(r)
	case *model.Credential:
		pooled(p, &r.ID)
		p.pack(&r.Salt, &r.Hash)
	case *model.Policy:
		p.policy(r)
	case *model.Timer:
		p.pack(&r.ID)
		pooled(p, &r.Kind)
		pooled(p, &r.Key)
	}
}

func (p *pool) tenant(t *model.Tenant) {
	pooled(p, &t.ID)
	pooled(p, &t.ParentID)
	pooled(p, &t.OwnerID)
	pooled(p, &t.Kind)
	for _, text := range []*string{&t.Name, &t.CustomerType, &t.Language, &t.DefaultIdP, &t.Pricing.Mode} {
		pooled(p, text)
	}
	p.contact(&t.Contact, t.Name)
}

func (p *pool) user(u *model.User) {
	pooled(p, &u.ID)
	pooled(p, &u.TenantID)
	pooled(p, &u.PersonalTenantID)
	pooled(p, &u.IdentityID)
	for _, text := range []*string{&u.Login, &u.IdP, &u.Language} {
		pooled(p, text)
	}
	u.Notifications, u.BusinessTypes = p.list(u.Notifications), p.list(u.BusinessTypes)
	p.contact(&u.Contact, u.Login)
}

func (p *pool) policy(r *model.Policy) {
	p.pack((*string)(&r.ID))
	pooled(p, &r.TenantID)
	for _, text := range []*string{&r.TrusteeID, &r.IssuerID, &r.TrusteeType, &r.Role, &r.Namespace, &r.ServerID} {
		pooled(p, text)
	}
}

// contact shares what is in a contact; an address is often the name, which has been shared before.
func (p *pool) contact(c *model.Contact, name string) {
	p.pack(&c.ID)
	if c.Email == name {
		c.Email = name
	} else {
		p.pack(&c.Email)
	}
	c.Types = p.list(c.Types)
	for _, ref := range []**string{&c.FirstName, &c.LastName, &c.Country, &c.State, &c.City} {
		*ref = p.ref(*ref)
	}
}

// pooled replaces a text by the first that was equal.
func pooled[S ~string](p *pool, text *S) {
	is, ok := p.texts[string(*text)]
	if !ok {
		is = p.copied(string(*text))
		p.texts[is] = is
	}
	*text = S(is)
}

// pack moves texts that no other row has.
func (p *pool) pack(texts ...*string) {
	for _, text := range texts {
		*text = p.copied(*text)
	}
}

func (p *pool) copied(text string) string {
	if len(text) > chunkBytes/8 {
		return text
	}
	if p.chunk.Cap()-p.chunk.Len() < len(text) {
		p.chunk = strings.Builder{}
		p.chunk.Grow(chunkBytes)
	}
	from := p.chunk.Len()
	p.chunk.WriteString(text)
	return p.chunk.String()[from:]
}

func (p *pool) ref(text *string) *string {
	if text == nil {
		return nil
	}
	is, ok := p.refs[*text]
	if !ok {
		is = text
		p.refs[*text] = is
	}
	return is
}

// mostLists bounds the search: a world has a handful of different lists, or its lists are all different.
const mostLists = 32

func (p *pool) list(l []string) []string {
	if len(l) == 0 {
		return l
	}
	for _, is := range p.lists {
		if slices.Equal(is, l) {
			return is
		}
	}
	if len(p.lists) < mostLists {
		p.lists = append(p.lists, l)
	}
	return l
}
