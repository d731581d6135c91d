package desk

import "dirdesk/models"

func errNotYet(what string) error {
	return &models.Error{Kind: models.ErrUnsupported, Action: what, Advice: "This is not built yet."}
}
