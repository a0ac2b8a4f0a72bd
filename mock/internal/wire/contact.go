package wire

import "github.com/tenantry/tenantry/mock/model"

// Contact is a tenant's contact: every member is there, unknown texts are null, email is "" and types is []
// (wire facts, core 3.3).
type Contact struct {
	ID               string   `json:"id"`
	CreatedAt        *string  `json:"created_at"`
	UpdatedAt        *string  `json:"updated_at"`
	Types            []string `json:"types"`
	Email            string   `json:"email"`
	EmailConfirmed   *bool    `json:"email_confirmed"`
	FirstName        *string  `json:"firstname"`
	LastName         *string  `json:"lastname"`
	Address1         *string  `json:"address1"`
	Address2         *string  `json:"address2"`
	Country          *string  `json:"country"`
	State            *string  `json:"state"`
	City             *string  `json:"city"`
	Zipcode          *string  `json:"zipcode"`
	Phone            *string  `json:"phone"`
	Title            *string  `json:"title"`
	Website          *string  `json:"website"`
	Industry         *string  `json:"industry"`
	OrganizationSize *string  `json:"organization_size"`
	AAN              *string  `json:"aan"`
}

// ContactOf is the wire form of a tenant's contact.
func ContactOf(c *model.Contact) *Contact {
	d := c.Details()
	out := &Contact{
		ID: c.ID, CreatedAt: OrNull(c.CreatedAt.Time()), UpdatedAt: OrNull(c.UpdatedAt.Time()), Types: c.Types,
		Email: c.Email, EmailConfirmed: d.EmailConfirmed, FirstName: c.FirstName, LastName: c.LastName,
		Address1: d.Address1, Address2: d.Address2, Country: d.Country, State: d.State, City: d.City,
		Zipcode: d.Zipcode, Phone: d.Phone, Title: d.Title, Website: d.Website, Industry: d.Industry,
		OrganizationSize: d.OrganizationSize, AAN: d.AAN,
	}
	if out.Types == nil {
		out.Types = []string{}
	}
	return out
}

// UserContact is a user's contact: the members that the user guide prints are texts, never null; the others
// are left out until they are set.
type UserContact struct {
	ID               string   `json:"id,omitempty"`
	CreatedAt        *string  `json:"created_at,omitempty"`
	UpdatedAt        *string  `json:"updated_at,omitempty"`
	Types            []string `json:"types"`
	Email            string   `json:"email"`
	FirstName        string   `json:"firstname"`
	LastName         string   `json:"lastname"`
	Address1         string   `json:"address1"`
	Address2         string   `json:"address2"`
	Country          string   `json:"country"`
	State            string   `json:"state"`
	City             string   `json:"city"`
	Zipcode          string   `json:"zipcode"`
	Phone            string   `json:"phone"`
	Title            *string  `json:"title,omitempty"`
	Website          *string  `json:"website,omitempty"`
	Industry         *string  `json:"industry,omitempty"`
	OrganizationSize *string  `json:"organization_size,omitempty"`
}

// UserContactOf is the wire form of a user's contact.
func UserContactOf(c *model.Contact) *UserContact {
	d := c.Details()
	out := &UserContact{
		ID: c.ID, CreatedAt: OrNull(c.CreatedAt.Time()), UpdatedAt: OrNull(c.UpdatedAt.Time()), Types: c.Types, Email: c.Email,
		FirstName: model.Text(c.FirstName), LastName: model.Text(c.LastName),
		Address1: model.Text(d.Address1), Address2: model.Text(d.Address2), Country: model.Text(d.Country),
		State: model.Text(d.State), City: model.Text(d.City), Zipcode: model.Text(d.Zipcode), Phone: model.Text(d.Phone),
		Title: d.Title, Website: d.Website, Industry: d.Industry, OrganizationSize: d.OrganizationSize,
	}
	if out.Types == nil {
		out.Types = []string{}
	}
	return out
}
