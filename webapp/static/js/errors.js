/* The error summary takes the focus, on a full page and after a swap. */

function focusSummary() {
  document.querySelector(".errors")?.focus();
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", focusSummary);
else focusSummary();

document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx.response?.status === 422) focusSummary();
});
