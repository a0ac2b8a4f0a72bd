package main

import (
	"context"
	"strconv"

	"github.com/tenantry/tenantry/bench/internal/served"
)

// pageSize is how many objects a page has, the largest that the API documents.
const pageSize = 2000

// listed is a page of users or tenants.
type listed struct {
	Items []struct {
		ID       string `json:"id"`
		Login    string `json:"login"`
		Personal string `json:"personal_tenant_id"`
	} `json:"items"`
	Paging struct {
		Cursors struct {
			After string `json:"after"`
		} `json:"cursors"`
	} `json:"paging"`
}

// A place is where a page of a list begins, and how many objects it has.
type place struct {
	path  string
	items int
}

// walk goes through a list and notes its first page, one in the middle and the last.
func (w *world) walk(ctx context.Context, path, root string, see func(*listed)) error {
	places := []place{{path: query(path, root, served.Partner, "limit", strconv.Itoa(pageSize))}}
	for {
		var page listed
		last := &places[len(places)-1]
		if _, err := w.Get(ctx, last.path, &page); err != nil {
			return err
		}
		see(&page)
		last.items = len(page.Items)
		after := page.Paging.Cursors.After
		if after == "" {
			break
		}
		places = append(places, place{path: query(path, "after", after)})
	}
	w.places[path+" first"] = places[0]
	w.places[path+" middle"] = places[len(places)/2]
	w.places[path+" last"] = lastFull(places)
	return nil
}

// lastFull is the last page that has a tenth of what fits: a cost per object means nothing where there are few.
func lastFull(places []place) place {
	for i := len(places) - 1; i > 0; i-- {
		if places[i].items >= pageSize/10 {
			return places[i]
		}
	}
	return places[0]
}
