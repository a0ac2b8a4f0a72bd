package model

import (
	"strings"
	"time"
)

// Contact types (wire facts, core 3.3).
const (
	ContactLegal          = "legal"
	ContactPrimary        = "primary"
	ContactBilling        = "billing"
	ContactTechnical      = "technical"
	ContactManagement     = "management"
	ContactCompanyBilling = "company_billing"
)

// Contact is a person or an address. A nil text is null on the wire; "" is an empty text.
type Contact struct {
	ID              string   `json:"id"`
	CreatedAt       Moment   `json:"created"`
	UpdatedAt       Moment   `json:"updated"`
	Types           []string `json:"types,omitempty"`
	Email           string   `json:"email,omitempty"`
	FirstName       *string  `json:"first,omitempty"`
	LastName        *string  `json:"last,omitempty"`
	ContactGuard    `json:"-"`
	*ContactDetails // nil for none; use Details and SetDetails
}

// ContactPatch is what a caller sends: members that are absent keep what is stored,
// null empties a member (wire facts, core 3.3: partial update merges).
type ContactPatch struct {
	Types            *[]string   `json:"types"`
	Email            *string     `json:"email"`
	FirstName        Opt[string] `json:"firstname"`
	LastName         Opt[string] `json:"lastname"`
	Address1         Opt[string] `json:"address1"`
	Address2         Opt[string] `json:"address2"`
	Country          Opt[string] `json:"country"`
	State            Opt[string] `json:"state"`
	City             Opt[string] `json:"city"`
	Zipcode          Opt[string] `json:"zipcode"`
	Phone            Opt[string] `json:"phone"`
	Title            Opt[string] `json:"title"`
	Website          Opt[string] `json:"website"`
	Industry         Opt[string] `json:"industry"`
	OrganizationSize Opt[string] `json:"organization_size"`
	Fax              Opt[string] `json:"fax"`
	Language         Opt[string] `json:"language"`
	EmailConfirmed   Opt[bool]   `json:"email_confirmed"`
	AAN              Opt[string] `json:"aan"`
}

// Merge returns c with the members of p laid over it.
func (c Contact) Merge(p *ContactPatch, now time.Time) Contact {
	if p == nil {
		return c
	}
	if p.Types != nil {
		c.Types = Unique(*p.Types) // answers list them as a set
	}
	if p.Email != nil {
		c.Email = *p.Email
	}
	p.FirstName.Over(&c.FirstName)
	p.LastName.Over(&c.LastName)
	d := c.Details()
	p.details(&d)
	c.SetDetails(d)
	c.UpdatedAt = MomentOf(now)
	return c
}

// Name is "first last", or "" when neither is known.
func (c *Contact) Name() string {
	return strings.TrimSpace(Text(c.FirstName) + " " + Text(c.LastName))
}

// Text is the text that p points at, "" for nil.
func Text(p *string) string {
	if p == nil {
		return ""
	}
	return *p
}

// Ptr is a pointer to a copy of v.
func Ptr[T any](v T) *T { return &v }
