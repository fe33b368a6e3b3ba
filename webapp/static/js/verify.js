/* A scanned receipt brings its number behind the #, which no server sees; it is put into the field. */

const code = decodeURIComponent(location.hash.slice(1));
if (/^[0-9A-Za-z-]{16,24}$/.test(code)) document.getElementById("code").value = code;
