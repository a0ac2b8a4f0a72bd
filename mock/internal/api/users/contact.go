package users

import (
	"slices"

	"github.com/tenantry/tenantry/mock/model"
)

// sent is the contact of a request as a user keeps it: each type once, and "" where a null was sent, since a null
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
	if p.Types != nil {
		kept.Types = distinct(*p.Types)
	}
	return &kept
}

// distinct drops contact types that are sent twice: answers list each once.
func distinct(types []string) *[]string {
	var once []string
	for _, t := range types {
		if !slices.Contains(once, t) {
			once = append(once, t)
		}
	}
	return &once
}
