package model

// ContactDetails is what few contacts have. Contacts that are copies of each other share it: it is never changed, but
// replaced by another.
type ContactDetails struct {
	EmailConfirmed   *bool   `json:"confirmed,omitempty"`
	Address1         *string `json:"address1,omitempty"`
	Address2         *string `json:"address2,omitempty"`
	Country          *string `json:"country,omitempty"`
	State            *string `json:"state,omitempty"`
	City             *string `json:"city,omitempty"`
	Zipcode          *string `json:"zip,omitempty"`
	Phone            *string `json:"phone,omitempty"`
	Title            *string `json:"title,omitempty"`
	Website          *string `json:"website,omitempty"`
	Industry         *string `json:"industry,omitempty"`
	OrganizationSize *string `json:"size,omitempty"`
	Fax              *string `json:"fax,omitempty"`
	Language         *string `json:"language,omitempty"`
	AAN              *string `json:"aan,omitempty"`
}

// ContactGuard has the names of the details, so that c.City of a contact is ambiguous and does not compile: it would panic
// where there are no details.
type ContactGuard struct {
	EmailConfirmed, Address1, Address2, Country, State, City, Zipcode, Phone, Title, Website, Industry, OrganizationSize,
	Fax, Language, AAN struct{}
}

// Details are the details of c, without any where it has none.
func (c *Contact) Details() ContactDetails {
	if c.ContactDetails == nil {
		return ContactDetails{}
	}
	return *c.ContactDetails
}

// SetDetails gives c other details. Where nothing is set c has none, so that contacts that say the same are equal.
func (c *Contact) SetDetails(d ContactDetails) {
	switch d {
	case ContactDetails{}:
		c.ContactDetails = nil
	case c.Details():
	default:
		kept := d // d itself would be on the heap in the other cases too
		c.ContactDetails = &kept
	}
}

// details lays the texts of p over those of d. The account number (aan) is absent on purpose: only the vendor sets it.
func (p *ContactPatch) details(d *ContactDetails) {
	p.Address1.Over(&d.Address1)
	p.Address2.Over(&d.Address2)
	p.Country.Over(&d.Country)
	p.State.Over(&d.State)
	p.City.Over(&d.City)
	p.Zipcode.Over(&d.Zipcode)
	p.Phone.Over(&d.Phone)
	p.Title.Over(&d.Title)
	p.Website.Over(&d.Website)
	p.Industry.Over(&d.Industry)
	p.OrganizationSize.Over(&d.OrganizationSize)
	p.Fax.Over(&d.Fax)
	p.Language.Over(&d.Language)
}
