package wire

import "github.com/tenantry/tenantry/mock/model"

// TenantContact is the main contact of a tenant. What was sent comes back, fax and language too.
type TenantContact struct {
	*Contact
	Fax      *string `json:"fax"`
	Language *string `json:"language"`
}

// ListedContact is one of the contacts of a tenant (wire facts, core 3.2). The kind of the e-mail's domain is not
// known here, so it is null.
type ListedContact struct {
	*TenantContact
	TenantID        model.TenantID `json:"tenant_id"`
	DeletedAt       *string        `json:"deleted_at"`
	EmailDomainType *string        `json:"email_domain_type"`
}

func tenantContact(c *model.Contact) *TenantContact {
	d := c.Details()
	return &TenantContact{Contact: ContactOf(c), Fax: d.Fax, Language: d.Language}
}

// listedContacts is an empty array, never null, where there are none. Contacts go with their tenant.
func listedContacts(t *model.Tenant, contacts []model.Contact) []*ListedContact {
	out := make([]*ListedContact, len(contacts))
	for i := range contacts {
		out[i] = &ListedContact{TenantContact: tenantContact(&contacts[i]), TenantID: t.ID, DeletedAt: OrNull(t.DeletedAt.Time())}
	}
	return out
}
