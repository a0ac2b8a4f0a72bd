package model_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/model"
)

var contactTime = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

func TestAContactHasDetailsOnlyWhereThereAreAny(t *testing.T) {
	t.Parallel()
	named := model.Contact{ID: "c", FirstName: model.Ptr("Mia")}
	full := named
	full.SetDetails(model.ContactDetails{City: model.Ptr("Bern"), Phone: model.Ptr("1")})
	for claim, tt := range map[string]struct {
		from  model.Contact
		patch model.ContactPatch
		want  *model.ContactDetails
	}{
		"names are none":        {named, model.ContactPatch{LastName: model.Some("Moreau")}, nil},
		"a null is none":        {named, model.ContactPatch{City: null()}, nil},
		"an empty text is one":  {named, model.ContactPatch{City: model.Some("")}, &model.ContactDetails{City: model.Ptr("")}},
		"the first":             {named, model.ContactPatch{AAN: model.Some("9"), Fax: model.Some("2")}, &model.ContactDetails{Fax: model.Ptr("2")}},
		"one of two goes":       {full, model.ContactPatch{City: null()}, &model.ContactDetails{Phone: model.Ptr("1")}},
		"the last goes":         {full, model.ContactPatch{City: null(), Phone: null()}, nil},
		"what is absent stays":  {full, model.ContactPatch{City: model.Some("Basel")}, &model.ContactDetails{City: model.Ptr("Basel"), Phone: model.Ptr("1")}},
		"nothing sent, no more": {full, model.ContactPatch{}, &model.ContactDetails{City: model.Ptr("Bern"), Phone: model.Ptr("1")}},
	} {
		before := tt.from.Details()
		got := tt.from.Merge(&tt.patch, contactTime)
		if d := cmp.Diff(tt.want, got.ContactDetails); d != "" {
			t.Errorf("%s (-want +got):\n%s", claim, d)
		}
		if d := cmp.Diff(before, tt.from.Details()); d != "" {
			t.Errorf("%s changed the contact it came from (-before +after):\n%s", claim, d)
		}
	}
}

func null() model.Opt[string] { return model.Opt[string]{Set: true, Null: true} }

func TestContactsThatChangeNoDetailShareThem(t *testing.T) {
	t.Parallel()
	var c model.Contact
	c.SetDetails(model.ContactDetails{City: model.Ptr("Bern")})
	if got := c.Merge(&model.ContactPatch{FirstName: model.Some("Mia")}, contactTime); got.ContactDetails != c.ContactDetails {
		t.Error("a new name copied the details")
	}
}

// oldContact is a contact as data files had it while all its members lay side by side.
const oldContact = `{"id":"c","created":"2026-03-04T05:06:07.123456789Z","updated":"2026-03-04T05:06:07.5Z","types":["legal"],` +
	`"email":"a@b","confirmed":false,"first":"Mia","last":"","address1":"1","address2":"2","country":"CH","state":"BE",` +
	`"city":"Bern","zip":"3000","phone":"4","title":"5","website":"6","industry":"7","size":"8","fax":"9","language":"de","aan":"0"}`

func TestStoredContactsKeepTheirForm(t *testing.T) {
	t.Parallel()
	want := model.Contact{
		ID: "c", Types: []string{"legal"}, Email: "a@b", FirstName: model.Ptr("Mia"), LastName: model.Ptr(""),
		CreatedAt: model.MomentOf(contactTime.Add(123_456 * time.Microsecond)), UpdatedAt: model.MomentOf(contactTime.Add(time.Second / 2)),
		ContactDetails: &model.ContactDetails{
			EmailConfirmed: model.Ptr(false), Address1: model.Ptr("1"), Address2: model.Ptr("2"), Country: model.Ptr("CH"), State: model.Ptr("BE"),
			City: model.Ptr("Bern"), Zipcode: model.Ptr("3000"), Phone: model.Ptr("4"), Title: model.Ptr("5"), Website: model.Ptr("6"),
			Industry: model.Ptr("7"), OrganizationSize: model.Ptr("8"), Fax: model.Ptr("9"), Language: model.Ptr("de"), AAN: model.Ptr("0"),
		},
	}
	var got model.Contact
	if err := json.Unmarshal([]byte(oldContact), &got); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("an old row (-want +got):\n%s", d)
	}
	written, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	before, after := membersOf(t, []byte(oldContact)), membersOf(t, written)
	before["created"] = "2026-03-04T05:06:07.123456Z"
	if d := cmp.Diff(before, after); d != "" {
		t.Errorf("written again (-old +new):\n%s", d)
	}
}

func TestAContactWithoutDetailsWritesNone(t *testing.T) {
	t.Parallel()
	const want = `{"id":"c","created":"0001-01-01T00:00:00Z","updated":"0001-01-01T00:00:00Z","email":"a@b"}`
	got, err := json.Marshal(model.Contact{ID: "c", Email: "a@b"})
	if err != nil || string(got) != want {
		t.Errorf("got %s (%v), want %s", got, err, want)
	}
	var back model.Contact
	if err := json.Unmarshal(got, &back); err != nil || back.ContactDetails != nil {
		t.Errorf("read back with the details %v (%v), want none", back.ContactDetails, err)
	}
}

func membersOf(t *testing.T, object []byte) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal(object, &m); err != nil {
		t.Fatal(err)
	}
	return m
}
