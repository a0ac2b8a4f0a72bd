package users

import "github.com/tenantry/tenantry/mock/model"

// sent is the contact of a request as a user keeps it: "" where a null was sent, since a null
// comes back as "" (wire facts, clients 1 no. 18). What was not sent stays unset and is left out of answers.
func sent(p *model.ContactPatch) *model.ContactPatch {
	if p == nil {
		return nil
	}
	kept := *p
	for _, text := range []*model.Opt[string]{
		&kept.Title, &kept.Website, &kept.Industry, &kept.OrganizationSize, &kept.Fax, &kept.Language,
	} {
		if text.Null {
			*text = model.Some("")
		}
	}
	return &kept
}
